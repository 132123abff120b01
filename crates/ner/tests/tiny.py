#!/usr/bin/env python3
"""Makes the tiny model that `tiny.rs` reads, into the folder `tiny` beside this script: pip install onnx numpy.

It has one weight for each word and label, so that it knows seven words by heart. It is no model of any use; it has the
inputs, the output and the files that real ones have.
"""

import json
from pathlib import Path

import numpy
from onnx import TensorProto, helper, numpy_helper, save

FOLDER = Path(__file__).resolve().parent / "tiny"
LABELS = ["O", "B-PER", "I-PER", "B-ORG", "I-ORG"]
WORDS = {"Anna": "B-PER", "Vardanov": "I-PER", "Ivan": "B-PER", "Acme": "B-ORG", "Trading": "I-ORG", "met": "O", "of": "O"}
VOCABULARY = {"[UNK]": 0, "[CLS]": 1, "[SEP]": 2, **{word: 3 + n for n, word in enumerate(WORDS)}}


def main() -> None:
    weights = numpy.zeros((len(VOCABULARY), len(LABELS)), numpy.float32)
    weights[:, 0] = 0.5
    for word, label in WORDS.items():
        weights[VOCABULARY[word], LABELS.index(label)] = 1.0
    tokens = helper.make_tensor_value_info
    graph = helper.make_graph(
        [
            helper.make_node("Gather", ["weights", "input_ids"], ["of_words"], axis=0),
            helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
            helper.make_node("Unsqueeze", ["mask", "last"], ["column"]),
            helper.make_node("Mul", ["of_words", "column"], ["logits"]),
        ],
        "tiny",
        [tokens(name, TensorProto.INT64, ["batch", "tokens"]) for name in ("input_ids", "attention_mask")],
        [tokens("logits", TensorProto.FLOAT, ["batch", "tokens", len(LABELS)])],
        [numpy_helper.from_array(weights, "weights"), numpy_helper.from_array(numpy.array([2], numpy.int64), "last")],
    )
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 13)], producer_name="interdict")
    model.ir_version = 8
    FOLDER.mkdir(exist_ok=True)
    save(model, FOLDER / "model.onnx")
    special = [{"SpecialToken": {"id": word, "type_id": 0}} for word in ("[CLS]", "[SEP]")]
    tokenizer = {
        "version": "1.0",
        "truncation": None,
        "padding": None,
        "added_tokens": [
            {"id": VOCABULARY[word], "content": word, "single_word": False, "lstrip": False, "rstrip": False,
             "normalized": False, "special": True}
            for word in ("[UNK]", "[CLS]", "[SEP]")
        ],
        "normalizer": None,
        "pre_tokenizer": {"type": "Whitespace"},
        "post_processor": {
            "type": "TemplateProcessing",
            "single": [special[0], {"Sequence": {"id": "A", "type_id": 0}}, special[1]],
            "pair": [{"Sequence": {"id": "A", "type_id": 0}}, {"Sequence": {"id": "B", "type_id": 1}}],
            "special_tokens": {
                word: {"id": word, "ids": [VOCABULARY[word]], "tokens": [word]} for word in ("[CLS]", "[SEP]")
            },
        },
        "decoder": None,
        "model": {"type": "WordLevel", "vocab": VOCABULARY, "unk_token": "[UNK]"},
    }
    config = {"id2label": {str(n): label for n, label in enumerate(LABELS)}, "max_position_embeddings": 64}
    for name, content in (("tokenizer.json", tokenizer), ("config.json", config)):
        (FOLDER / name).write_text(json.dumps(content, indent=1) + "\n", "utf-8")


if __name__ == "__main__":
    main()
