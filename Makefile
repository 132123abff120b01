# Everything a fresh machine with a Rust toolchain needs is done by these two.
.PHONY: test demo

# Formatting, lints, crate arrows, then every test. Tests on real lists need ../shared and say so where it is absent.
test:
	cargo fmt --all --check
	cargo clippy --workspace --all-targets --locked -- -D warnings
	cargo xtask arrows
	cargo test --workspace --locked

# Screens a small customer file, with innocent look-alikes, against the embedded list of the seven parties, and writes
# the report to target/demo/index.html.
demo:
	mkdir -p target/demo
	cargo run --release --locked -q -p interdict -- demo --output target/demo/index.html
