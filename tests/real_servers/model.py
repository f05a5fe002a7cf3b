"""Writes a tiny language model for a real server: llama's architecture, random weights, its own vocabulary.

Run with the Python of the server's environment, which has ``gguf`` and ``numpy``; nothing is downloaded. The
same text, seed and template give the same bytes.

The weights are noise, but for one thing: tokens that end something, such as a quote or a bracket, are made
likelier. Under a grammar, pure noise would stay inside its first string for ever; this way some replies
come to an end, and the others are cut in all sorts of places.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import gguf
import numpy as np

WIDTH, LAYERS, HEADS, INNER = 32, 1, 1, 64
SPECIAL = ("<unk>", "<s>", "</s>", "<|im_start|>", "<|im_end|>")
MARKS = ("<tool_call>", "</tool_call>")
LIKELIER = {
    **{'"': 13.0, "}": 12.0, "]": 12.0, ",": 2.0, ":": 2.0, " ": -5.0, "\\": -5.0},
    **{"</s>": 24.0, "<tool_call>": 15.0},
}
"""What is added to the logits of tokens. The model ends at once wherever it may: only who forces it to call a
function gets a call."""

CHATML = (
    "{%- if tools %}<|im_start|>system\nYou may call these functions:\n"
    "{%- for tool in tools %}\n{{ tool.function | tojson }}{% endfor %}<|im_end|>\n{% endif %}"
    "{%- for message in messages %}<|im_start|>{{ message.role }}\n{{ message.content or '' }}"
    "{%- for call in message.tool_calls or [] %}"
    "<tool_call>{{ call.function | tojson }}</tool_call>{% endfor %}"
    "<|im_end|>\n{% endfor %}"
    "{%- if add_generation_prompt %}<|im_start|>assistant\n{% endif %}"
)
"""The chat template: what tool-calling models in the field have, in short."""


def pieces(text: str, count: int) -> list[str]:
    """The most frequent pieces of words, each a pair of earlier ones: byte pair encoding."""
    words = Counter(re.findall(r" ?[A-Za-z]+|[^A-Za-z\s]+", text)).most_common(3000)
    split = [(list(word.replace(" ", "▁")), times) for word, times in words]
    found: list[str] = []
    while len(found) < count:
        pairs: Counter[tuple[str, str]] = Counter()
        for parts, times in split:
            for pair in pairwise(parts):
                pairs[pair] += times
        if not pairs:
            break
        best = max(pairs, key=lambda pair: (pairs[pair], pair))
        found.append("".join(best))
        for parts, _ in split:
            _merge(parts, best)
    return list(dict.fromkeys(found))


def _merge(parts: list[str], pair: tuple[str, str]) -> None:
    place = 0
    while place < len(parts) - 1:
        if (parts[place], parts[place + 1]) == pair:
            parts[place : place + 2] = ["".join(pair)]
        place += 1


def vocabulary(text: str, count: int) -> Iterator[tuple[str, float, gguf.TokenType]]:
    """Every token with its score and type: special ones, all bytes, all printable characters, and pieces."""
    for token in SPECIAL:
        yield token, 0.0, gguf.TokenType.UNKNOWN if token == "<unk>" else gguf.TokenType.CONTROL
    for byte in range(256):
        yield f"<0x{byte:02X}>", 0.0, gguf.TokenType.BYTE
    characters = ["▁", *map(chr, range(33, 127))]
    for rank, token in enumerate([*characters, *pieces(text, count)]):
        yield token, -float(rank), gguf.TokenType.NORMAL
    for token in MARKS:
        yield token, 0.0, gguf.TokenType.USER_DEFINED


def weights(tokens: list[str], seed: int) -> Iterator[tuple[str, np.ndarray]]:
    """Every tensor by its name."""
    random = np.random.default_rng(seed)

    def noise(*shape: int) -> np.ndarray:
        return random.normal(0.0, shape[-1] ** -0.5, shape).astype(np.float32)

    ones = np.ones(WIDTH, np.float32)
    embeddings, output = noise(len(tokens), WIDTH), noise(len(tokens), WIDTH) * 8
    embeddings[:, 0] = 4.0  # a dimension that is always large, so that a column of the output is a bias
    output[:, 0] = [_bias(token) for token in tokens]
    yield "token_embd.weight", embeddings
    yield "output_norm.weight", ones
    yield "output.weight", output
    for layer in range(LAYERS):
        for name in ("attn_norm", "ffn_norm"):
            yield f"blk.{layer}.{name}.weight", ones
        for name in ("attn_q", "attn_k", "attn_v", "attn_output"):
            yield f"blk.{layer}.{name}.weight", noise(WIDTH, WIDTH) * 0.1
        for name in ("ffn_gate", "ffn_up"):
            yield f"blk.{layer}.{name}.weight", noise(INNER, WIDTH)
        yield f"blk.{layer}.ffn_down.weight", noise(WIDTH, INNER) * 0.1


def _bias(token: str) -> float:
    character = token.replace("▁", " ")
    return LIKELIER.get(character, 0.0 if len(token) == 1 else -1.5) / 7.8  # which the large dimension is


def write(path: Path, text: str, *, seed: int, context: int, count: int, template: bool) -> None:
    """Write the model. ``count`` is how many pieces of words its vocabulary has."""
    tokens, scores, types = zip(*vocabulary(text, count), strict=True)
    writer = gguf.GGUFWriter(path, "llama")
    writer.add_name("noise")
    writer.add_context_length(context)
    writer.add_embedding_length(WIDTH)
    writer.add_block_count(LAYERS)
    writer.add_feed_forward_length(INNER)
    writer.add_head_count(HEADS)
    writer.add_head_count_kv(HEADS)
    writer.add_rope_dimension_count(WIDTH // HEADS)
    writer.add_layer_norm_rms_eps(1e-5)
    writer.add_vocab_size(len(tokens))
    writer.add_file_type(gguf.LlamaFileType.ALL_F32)
    writer.add_tokenizer_model("llama")
    writer.add_token_list(tokens)
    writer.add_token_scores(scores)
    writer.add_token_types(types)
    writer.add_unk_token_id(SPECIAL.index("<unk>"))
    writer.add_bos_token_id(SPECIAL.index("<s>"))
    writer.add_eos_token_id(SPECIAL.index("</s>"))
    writer.add_add_space_prefix(
        False
    )  # or llama-server cannot follow a grammar: its prompt gets a blank more
    if template:
        writer.add_chat_template(CHATML)
    for name, tensor in weights(list(tokens), seed):
        writer.add_tensor(name, tensor)
    writer.write_header_to_file()
    writer.write_kv_data_to_file()
    writer.write_tensors_to_file()
    writer.close()


def main() -> None:
    """Read the arguments, write the model."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("path", type=Path, help="the .gguf file to write")
    parser.add_argument("--text", type=Path, required=True, help="a text whose words the vocabulary knows")
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--context", type=int, default=65536, help="tokens that the model says it can take")
    parser.add_argument("--pieces", type=int, default=1500, help="pieces of words in the vocabulary")
    parser.add_argument("--no-template", action="store_true", help="leave out the chat template")
    chosen = parser.parse_args()
    text = chosen.text.read_text(encoding="utf-8")
    template = not chosen.no_template
    write(chosen.path, text, seed=chosen.seed, context=chosen.context, count=chosen.pieces, template=template)


if __name__ == "__main__":
    main()
