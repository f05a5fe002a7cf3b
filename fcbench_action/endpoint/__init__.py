"""The only way to a model: an OpenAI-compatible client, and the embedded simulated endpoint."""
