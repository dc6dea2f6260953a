package io.millrace.localstack.clickhouse;

import io.millrace.address.ServerUrl;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where ClickHouse lives.
 *
 * @param folder for its data and its configuration
 * @param logs for what a crash of its process leaves
 * @param url where it serves HTTP, with its user's account
 * @param nativePort where it serves its native protocol
 * @param s3Disk the bucket for its disk {@code cold}, if it shall have one
 */
public record ClickHouseSettings(Path folder, Path logs, ServerUrl url, int nativePort, Optional<ServerUrl> s3Disk) {}
