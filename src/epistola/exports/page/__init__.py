"""A letter as a page to read: its text, its register, what is known of it, how it all looks."""
