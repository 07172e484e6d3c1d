"""The parts of a letter: how ill a unit looks as each, and the cheapest walk through them."""
