"""Accounts of the office at a provider of OpenID Connect, with which staff sign in to the desk."""
