"""The practice company: a made-up firm with six weeks of posts, figures and known truth, for learning."""

from smmlib.practice.build import build_practice_company, remove_practice_company
from smmlib.practice.company import SEED, PracticeCompany, practice_company

__all__ = [
    "SEED",
    "PracticeCompany",
    "build_practice_company",
    "practice_company",
    "remove_practice_company",
]
