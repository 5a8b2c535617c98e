"""Settings, addresses, the door of the server: the only room where all the others meet."""
