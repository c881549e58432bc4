"""How each feature's routes are asked in the access matrix: `REQUESTS` of every module here.

A request takes (client, world, who, whose), see `World` in `test_access_matrix`, and returns
the answer.
"""

import importlib
import pkgutil

REQUESTS = {
    name: ask
    for module in pkgutil.iter_modules(__path__)
    for name, ask in importlib.import_module(f"{__name__}.{module.name}").REQUESTS.items()
}
