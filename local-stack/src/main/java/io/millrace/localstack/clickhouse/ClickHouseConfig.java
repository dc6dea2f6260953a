package io.millrace.localstack.clickhouse;

import io.millrace.address.ServerUrl;

/** ClickHouse's two configuration files, small enough for a laptop. */
final class ClickHouseConfig {
    private ClickHouseConfig() {}

    static String server(ClickHouseSettings settings) {
        return """
                <clickhouse>
                    <logger><level>information</level><console>1</console></logger>
                    <path>%1$s/data/</path>
                    <tmp_path>%1$s/data/tmp/</tmp_path>
                    <user_files_path>%1$s/data/user_files/</user_files_path>
                    <listen_host>127.0.0.1</listen_host>
                    <http_port>%2$d</http_port>
                    <tcp_port>%3$d</tcp_port>
                    <users_config>%1$s/users.xml</users_config>
                    <default_profile>default</default_profile>
                    <timezone>UTC</timezone>
                    <mark_cache_size>67108864</mark_cache_size>
                    <index_mark_cache_size>16777216</index_mark_cache_size>
                    <uncompressed_cache_size>0</uncompressed_cache_size>
                    <mmap_cache_size>100</mmap_cache_size>
                    <compiled_expression_cache_size>16777216</compiled_expression_cache_size>
                    <max_server_memory_usage>2147483648</max_server_memory_usage>
                    <background_pool_size>4</background_pool_size>
                    <!-- Inserts and questions come before merges. -->
                    <os_threads_nice_value_merge_mutate>10</os_threads_nice_value_merge_mutate>
                    <background_schedule_pool_size>16</background_schedule_pool_size>
                    <part_log>
                        <database>system</database>
                        <table>part_log</table>
                        <ttl>event_date + INTERVAL 3 DAY DELETE</ttl>
                        <flush_interval_milliseconds>5000</flush_interval_milliseconds>
                    </part_log>
                    <query_log>
                        <database>system</database>
                        <table>query_log</table>
                        <ttl>event_date + INTERVAL 3 DAY DELETE</ttl>
                        <flush_interval_milliseconds>5000</flush_interval_milliseconds>
                    </query_log>
                %4$s
                </clickhouse>
                """.formatted(
                        settings.folder(),
                        settings.url().port(),
                        settings.nativePort(),
                        settings.s3Disk().map(ClickHouseConfig::storage).orElse(""));
    }

    private static String storage(ServerUrl bucket) {
        return """
                    <storage_configuration>
                        <disks>
                            <cold>
                                <type>s3</type>
                                <endpoint>%s://%s:%d/%s/clickhouse/</endpoint>
                                <access_key_id>%s</access_key_id>
                                <secret_access_key>%s</secret_access_key>
                                <region>us-east-1</region>
                                <!-- The server answers batch deletes with 500, on which ClickHouse retries for ever. -->
                                <support_batch_delete>false</support_batch_delete>
                            </cold>
                        </disks>
                        <policies>
                            <tiered>
                                <volumes>
                                    <hot><disk>default</disk></hot>
                                    <cold><disk>cold</disk></cold>
                                </volumes>
                            </tiered>
                        </policies>
                    </storage_configuration>
                """.formatted(
                bucket.scheme(), bucket.host(), bucket.port(), bucket.database(), bucket.user(), bucket.password());
    }

    /** The user for everything, and the one the process itself needs, which may do no more than listen and sleep. */
    static String users(String passwordSha256) {
        return """
                <clickhouse>
                    <profiles>
                        <default>
                            <!-- On by default since 26.2; its deduplication has lost rows. -->
                            <async_insert>0</async_insert>
                        </default>
                    </profiles>
                    <quotas><default/></quotas>
                    <users>
                        <default>
                            <password></password>
                            <networks><ip>127.0.0.1</ip></networks>
                            <profile>default</profile>
                            <quota>default</quota>
                            <grants>
                                <query>GRANT SYSTEM LISTEN ON *.*</query>
                                <query>GRANT SELECT ON system.numbers</query>
                            </grants>
                        </default>
                        <millrace>
                            <password_sha256_hex>%s</password_sha256_hex>
                            <networks><ip>127.0.0.1</ip></networks>
                            <profile>default</profile>
                            <quota>default</quota>
                        </millrace>
                    </users>
                </clickhouse>
                """.formatted(passwordSha256);
    }
}
