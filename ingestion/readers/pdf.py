def read_pdf(content, limits):
    raise NotImplementedError
