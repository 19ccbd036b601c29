from dioptra import pyplugs


@pyplugs.register
def hard_start():
    return (2, 3)
