"""What who coordinates the dispatch of experts looks at (派单看板): one module a block, read only.

Nobody is ranked here. Experts stand by name or by how busy they are, and what enterprises said of the service is shown
for the whole scheme or not at all.
"""
