"""What people do: ``desk.perform(command)`` and ``desk.ask(question)``; one module per area."""
