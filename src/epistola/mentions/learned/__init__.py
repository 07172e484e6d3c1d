"""What is learned from letters that editors tagged: a second look at the names the rules find.

The rules need none of it. A tagger (a conditional random field) reads the capitalised words
of a letter with all that the rules say of them, finds some names more and corrects some
spans; a judge says how likely each name is right.
"""
