"""Where sessions live: one durable TinyDB file a session, in a folder that people can read, copy and put under git."""
