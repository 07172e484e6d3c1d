"""What an edition holds, counted and drawn: one page of HTML that needs nothing beside itself."""
