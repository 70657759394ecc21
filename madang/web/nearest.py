"""The nearest addresses that exist, for a page that does not."""

from django.urls import Resolver404, resolve

PARENTS_AT_MOST = 3


def nearest(path: str) -> list[str]:
    """Addresses above or beside `path` that lead somewhere, nearest first."""
    found = []
    rest = path.split("?")[0]
    if not rest.endswith("/"):
        bare = rest.rpartition(".")[0] or rest
        found += [f"{rest}/", f"{bare}/"]
        rest = bare
    parts = [part for part in rest.split("/") if part][:12]
    found += ["/" + "/".join(parts[:count]) + "/" for count in range(len(parts) - 1, 0, -1)]
    found.append("/en/" if path.startswith("/en/") else "/")
    return [address for address in dict.fromkeys(found) if address != path and _leads(address)][
        :PARENTS_AT_MOST
    ]


def _leads(address: str) -> bool:
    try:
        resolve(address)
    except Resolver404:
        return False
    return True
