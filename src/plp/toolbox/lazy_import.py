"""Libraries that weigh much and are wanted seldom: loaded at their first use, so that a start is quick and small.

Where one function wants them, an import inside it says the same. For a whole module that speaks of nothing else::

    if TYPE_CHECKING:
        import shapely
    else:
        shapely = lazy_import("shapely")
"""

import importlib.util
import sys
from types import ModuleType


def lazy_import(name: str) -> ModuleType:
    """The library ``name``, whose code runs when something of it is asked for. Raises ``ModuleNotFoundError``."""
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.find_spec(name)
    if spec is None or spec.loader is None:
        raise ModuleNotFoundError(f"No module named {name!r}", name=name)
    spec.loader = importlib.util.LazyLoader(spec.loader)
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module
