"""Annotations to a TEI document, and back. Only here do ``text`` and ``tail`` matter."""
