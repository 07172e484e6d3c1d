"""Find names of persons, places, organisations and events, all on one scan of the capitals."""
