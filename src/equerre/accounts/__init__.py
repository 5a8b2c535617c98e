"""Who: persons, later their roles and their tie to a school or a territory. The user model from the first migration."""
