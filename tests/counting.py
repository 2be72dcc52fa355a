"""How much work something is, as the calls of a method: the same on any machine."""


def count_calls(monkeypatch, owner, name):
    """Put a wrapper round a method of a class; the list that is returned gains an element a
    call."""
    calls, method = [], getattr(owner, name)

    def counted(self, *args, **options):
        calls.append(name)
        return method(self, *args, **options)

    monkeypatch.setattr(owner, name, counted)
    return calls
