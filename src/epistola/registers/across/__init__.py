"""One register for many letters: what each letter tells, and what all of them together mean.

A letter is encoded by itself first. What it names is kept as ``Evidence``; names are then
brought together over distinct forms, so that the work grows with the names of an edition and
not with its letters. The register grows by what is found, and the letters that its new
entries can concern are linked again.
"""
