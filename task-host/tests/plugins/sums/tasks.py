from dioptra import pyplugs


@pyplugs.register
def divide(a, b):
    return a / b


@pyplugs.register
def triple(x=0):
    return x, x + 1, x + 2


@pyplugs.register
def count(n):
    yield from range(n)


@pyplugs.register
def append(items, item):
    items.append(item)
    return items
