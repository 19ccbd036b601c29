"""Dioptra's REST API, as DIOPTRA_RESTAPI_ENV says."""

import os

from dioptra.restapi import create_app

app = create_app(env=os.environ["DIOPTRA_RESTAPI_ENV"])
