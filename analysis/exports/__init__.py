"""The data themselves, for people who calculate: one zip of tables with its codebook and manifest.

Names and addresses are never read. Importing this package loads no heavy library.
"""
