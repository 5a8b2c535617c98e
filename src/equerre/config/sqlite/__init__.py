"""The SQLite of Django, which sees that its file is gone or is another one."""
