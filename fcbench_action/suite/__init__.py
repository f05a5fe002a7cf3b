"""The suite: cases and their references, as data.

Topics are folders of JSON and Markdown; ``README.md`` beside this file describes them. ``source`` reads a
file and knows its lines, ``material`` types the files, ``build`` makes cases of them, ``load`` loads the
whole and proves that references compile, ``select`` chooses, ``prove`` checks everything else, ``version``
freezes.
"""
