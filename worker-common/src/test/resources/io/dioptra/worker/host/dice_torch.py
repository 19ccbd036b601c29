"""Draws from every source of chance that a job with PyTorch has without a seed of its own."""

import random

import numpy as np
import torch
from dioptra import pyplugs
from torch.utils.data import DataLoader


@pyplugs.register
def draw() -> None:
    print("random", random.getrandbits(64))
    print("numpy", np.random.bytes(16).hex())
    print("seed", torch.initial_seed())
    print("torch", torch.rand(4).tolist())
    print("permutation", torch.randperm(1000).tolist()[:9])
    print("layer", torch.nn.Linear(4, 4).weight.tolist())
    print("dropout", torch.nn.functional.dropout(torch.ones(256)).tolist())
    print("loader", [int(each) for each in DataLoader(range(1000), shuffle=True)][:9])
    print("worker", [int(w) for w in DataLoader(range(1000), shuffle=True, num_workers=1)][:9])
    print("that was all")
