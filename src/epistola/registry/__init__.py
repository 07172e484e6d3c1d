"""The files of an edition's registers, changed by position: outside of a change, no byte is."""
