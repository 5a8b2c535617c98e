"""What goes out: the public register. One meaning of "valid on that day" and of "public", for pages, API, exports, feeds."""
