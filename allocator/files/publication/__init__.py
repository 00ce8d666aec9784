"""A quota table as a page for publication: one file that any browser shows and prints."""

from allocator.files.publication.page import Languages, publication, write_publication

__all__ = ["Languages", "publication", "write_publication"]
