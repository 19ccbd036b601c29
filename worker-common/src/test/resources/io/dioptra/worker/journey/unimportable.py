from dioptra import pyplugs
import a_library_that_nobody_has


@pyplugs.register
def behave() -> None:
    pass
