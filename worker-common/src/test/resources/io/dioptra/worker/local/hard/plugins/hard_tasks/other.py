from dioptra import pyplugs


@pyplugs.register
def hard_sum(a, b):
    return a + b


@pyplugs.register
def hard_product(a, b):
    return a * b


@pyplugs.register
def hard_show(what):
    print("shown:", what)
