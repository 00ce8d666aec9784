"""Papers that go to schools and come back: notices, lists to confirm."""
