"""Serves a model with llama.cpp's own server, which the package ``xllamacpp`` holds ready built.

Run with the Python of the servers' environment. It ends when it is killed.
"""

from __future__ import annotations

import argparse
import signal

import xllamacpp


def main() -> None:
    """Read the arguments, serve."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--model", required=True)
    parser.add_argument("--model_alias", required=True)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, required=True)
    parser.add_argument("--n_ctx", type=int, default=32768)
    parser.add_argument("--no_jinja", action="store_true", help="no templates for tools")
    chosen = parser.parse_args()
    params = xllamacpp.CommonParams()
    params.model.path = chosen.model
    params.model_alias = {chosen.model_alias}
    params.hostnames = [chosen.host]
    params.port = chosen.port
    params.n_ctx = chosen.n_ctx
    params.n_parallel = 1
    params.use_jinja = not chosen.no_jinja
    server = xllamacpp.Server(params)
    print(server.listening_address, flush=True)
    signal.pause()


if __name__ == "__main__":
    main()
