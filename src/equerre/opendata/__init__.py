"""What goes out: the public register. One definition of "valid on that day" and of "public", for pages, API, exports and feeds."""
