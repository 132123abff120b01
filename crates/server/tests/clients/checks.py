"""One check is one claim: it holds or is printed with what was there instead."""

import traceback

CHECKS = []


def check(test):
    """Marks a function as a check."""
    CHECKS.append(test)
    return test


def run(name, *arguments):
    """Runs all checks and returns the exit status."""
    failed = 0
    for test in CHECKS:
        try:
            test(*arguments)
        except Exception:
            failed += 1
            print(f"{name}: {test.__name__} failed")
            print("".join(traceback.format_exc(limit=-2)).rstrip())
    print(f"{name}: {len(CHECKS) - failed} passed, {failed} failed")
    return 1 if failed else 0


def same(found, expected):
    """Fails where two values differ, and says how."""
    assert found == expected, f"{found!r} is not {expected!r}"
