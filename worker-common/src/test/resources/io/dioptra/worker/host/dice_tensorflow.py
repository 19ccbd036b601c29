"""Draws from every source of chance that a job with TensorFlow has without a seed of its own."""

import multiprocessing
import random
import secrets
import tempfile
import uuid

import keras
import numpy as np
import pandas as pd
import scipy.stats
import sklearn.datasets
import tensorflow as tf
from dioptra import pyplugs


@pyplugs.register
def draw() -> None:
    print("random", random.getrandbits(64))
    print("secrets", secrets.token_hex())
    print("uuid4", uuid.uuid4())
    print("uuid1", uuid.uuid1())
    print("tempfile", tempfile.mktemp())
    print("processes", bytes(multiprocessing.current_process().authkey).hex())
    print("numpy", np.random.bytes(16).hex())
    print("default_rng", np.random.default_rng().bytes(16).hex())
    print("scipy", scipy.stats.norm.rvs(size=3))
    print("sklearn", sklearn.datasets.make_blobs(3)[0])
    print("pandas", pd.Series(range(10**6)).sample(5).tolist())
    print("tf.random", tf.random.normal([3]).numpy())
    print("tf.Generator", tf.random.get_global_generator().normal([3]).numpy())
    print("tf.data", list(tf.data.Dataset.range(1000).shuffle(1000).take(9).as_numpy_iterator()))
    print("keras", keras.random.normal((3,)).numpy())
    print("initializer", keras.initializers.GlorotUniform()((2, 2)).numpy().tolist())
    print("dropout", keras.layers.Dropout(0.5)(np.ones((1, 256)), training=True).numpy().tolist())
    print("that was all")
