# Everything a fresh machine with a Rust toolchain needs is done by the first two.
.PHONY: test served walk demo pages peers speed soak

# Formatting, lints, crate arrows, the count of instructions (where valgrind is installed; it builds the release binary), the
# package followthemoney on what we export (where it can be installed), the server before others' clients and a browser, then every
# test. Tests on real lists need ../shared and say so where it is absent. Tests come last: what reads the counts of passed and
# failed looks for them there.
test:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cargo xtask arrows
	@if command -v npm >/dev/null; then $(MAKE) pages; else echo "skipped: the pages, for npm is absent" >&2; fi
	python3 benches/instructions.py
	python3 benches/ftm/validate.py
	$(MAKE) served
	cargo test --workspace --locked

# The release binary's server: by the clients of yente, OpenRefine, Watchman and MCP; by schemathesis against its OpenAPI document
# (three minutes at most); each page in Chromium. What cannot be installed or is absent is skipped, and says so.
served:
	cargo build --release --locked -p interdict
	python3 crates/server/tests/clients/run.py target/release/interdict
	python3 crates/server/tests/clients/schemathesis.py target/release/interdict
	@if command -v npm >/dev/null && command -v chromium >/dev/null && [ -f web/dist/index.html ]; then \
		$(MAKE) walk; \
	else echo "skipped: the walk through the pages, for npm, chromium or web/dist is absent" >&2; fi

# Types, form and unit tests of the pages; then every page of the real server in Chromium (Debian: chromium), with axe, by
# keyboard, at three widths in light and dark. Screenshots are in target/screens. After `make pages`.
walk:
	cd web && npm run check
	cargo build --release --locked -p interdict
	cd web && npm test

# Screens a small customer file, with innocent look-alikes, against the embedded list of the seven parties, and writes
# the report to target/demo/index.html.
demo:
	@if command -v npm >/dev/null; then $(MAKE) pages; else echo "npm is absent: interdict serve will have no pages" >&2; fi
	mkdir -p target/demo
	cargo run --release --locked -q -p interdict -- demo --output target/demo/index.html

# The pages of `interdict serve`, into web/dist, which the next build of the binary embeds. Needs Node.js 20.19 or later; no other
# target does, and no build script calls npm.
pages:
	cd web && npm ci && npm run build

# The same sets through nomenklatura and rapidfuzz (from PyPI) and through us, and our false alarms by origin of the name.
# A quarter of an hour; writes benches/results/DATE-*.md.
peers:
	cargo build --release --locked
	python3 benches/peers/run.py
	python3 benches/peers/origins.py

# What loading, a query, a long customer file and a longer list cost on this machine: benches/results/DATE-{speed,growth}.md.
# Beside the peers in one session: `make peers speed`.
speed:
	cargo build --release --locked -p interdict -p xtask
	python3 benches/speed.py
	python3 benches/growth.py

# The long tests, for a night: every development query through the index and by scoring everybody, the reader of models (`crates/ner`), the server under load for ten
# minutes (wrk, from Debian), then a million inputs for each fuzz target (`cargo install cargo-fuzz`, 0.13; it runs on stable). What a target finds on the way is kept in
# `fuzz/found`; a crash, minimised (`cargo fuzz tmin -s none NAME FILE`), belongs in `fuzz/corpus`, which `make test` replays.
soak:
	nice -n 10 cargo test --release --locked -p interdict-engine --test lossless -- --ignored --nocapture
	nice -n 10 cargo test --release --locked -p interdict --test killed -- --ignored --nocapture
	nice -n 10 cargo test --release --locked -p interdict --test campaign -- --ignored --nocapture
	cd crates/ner && CARGO_TARGET_DIR=../../target nice -n 10 cargo test --release --locked
	nice -n 10 cargo check --release --locked -p interdict --features ner-onnx
	cargo build --release --locked -p interdict
	for path in /v1/screen /match/default; do python3 benches/serve.py --seconds 60 --path $$path --results target/soak \
		--list ../shared/data/lists/ofac/2023-12-28/sdn.csv --queries ../shared/data/eval/q_speed.csv || exit 1; done
	for target in $(FUZZ_TARGETS); do \
		mkdir -p fuzz/found/$$target && nice -n 10 cargo fuzz run -s none $$target \
			fuzz/found/$$target $$([ $$target = any_list ] && echo benches/ftm/fixtures crates/lists/tests/fixtures || \
			echo fuzz/corpus/$$target) -- -runs=$(FUZZ_RUNS) -max_len=4096 -print_final_stats=1 || exit 1; \
	done

FUZZ_TARGETS = any_list ofac_csv ftm_jsonl plain_table customer_file names_compare query_engine document access_log
FUZZ_RUNS = 1000000
