package io.millrace.kit.connection;

/** Wants to hear what is told on one channel of the control database. Called on the driver's thread, so it must not wait. */
public interface PostgresListener {
    /** {@return the channel, a name in lower case} */
    String channel();

    /** Something was told. */
    void told(String payload);

    /** From now on everything is heard; what was told before may have been missed. */
    void listening();
}
