"""How well documents are read together: gold stories about invented events, their scorer, and what it costs."""
