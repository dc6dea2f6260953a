package io.millrace.event;

/** What the bytes of one event turned out to be. */
public sealed interface ParsedEvent permits Event, InvalidEvent {}
