"""Export of the data for further calculation: one zip of tables with codebook and manifest.

Names and addresses are never read. Importing this package loads no heavy library.
"""
