"""The channels: ways to reach people, each behind the same few verbs."""
