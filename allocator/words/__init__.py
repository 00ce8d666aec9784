"""Words in two languages: every text that is not a rule's own.

The English text is the key. Nothing is installed and nothing translated when a module is loaded:
each call names its language, so two people can use two languages at once.
"""

from allocator.words.catalogue import LANGUAGES, say, tell

__all__ = ["LANGUAGES", "say", "tell"]
