# Everything a fresh machine with a Rust toolchain needs is done by the first two.
.PHONY: test demo peers speed soak

# Formatting, lints, crate arrows, the count of instructions (where valgrind is installed; it builds the release binary), the
# package followthemoney on what we export (where it can be installed), the real clients of yente, OpenRefine and MCP against
# `interdict serve` (where they can be installed), then every test. Tests on real lists need ../shared and say so where it is absent. Tests come last: what reads the counts of
# passed and failed looks for them there.
test:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cargo xtask arrows
	python3 benches/instructions.py
	python3 benches/ftm/validate.py
	cargo build -p interdict --locked
	python3 crates/server/tests/clients/run.py
	cargo test --workspace --locked

# Screens a small customer file, with innocent look-alikes, against the embedded list of the seven parties, and writes
# the report to target/demo/index.html.
demo:
	mkdir -p target/demo
	cargo run --release --locked -q -p interdict -- demo --output target/demo/index.html

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

# The long tests, for a night: every development query through the index and by scoring everybody, then a million inputs
# for each fuzz target (`cargo install cargo-fuzz`, 0.13; it runs on stable). What a target finds on the way is kept in
# `fuzz/found`; a crash, minimised (`cargo fuzz tmin -s none NAME FILE`), belongs in `fuzz/corpus`, which `make test` replays.
soak:
	nice -n 10 cargo test --release --locked -p interdict-engine --test lossless -- --ignored --nocapture
	nice -n 10 cargo test --release --locked -p interdict --test killed -- --ignored --nocapture
	nice -n 10 cargo test --release --locked -p interdict --test campaign -- --ignored --nocapture
	for target in $(FUZZ_TARGETS); do \
		mkdir -p fuzz/found/$$target && nice -n 10 cargo fuzz run -s none $$target \
			fuzz/found/$$target $$([ $$target = any_list ] && echo benches/ftm/fixtures crates/lists/tests/fixtures || \
			echo fuzz/corpus/$$target) -- -runs=$(FUZZ_RUNS) -max_len=4096 -print_final_stats=1 || exit 1; \
	done

FUZZ_TARGETS = any_list ofac_csv ftm_jsonl plain_table customer_file names_compare query_engine
FUZZ_RUNS = 1000000
