"""The entry of the menu."""

MENU: tuple = ()
