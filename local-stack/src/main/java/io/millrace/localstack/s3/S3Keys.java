package io.millrace.localstack.s3;

/**
 * The keys of the S3 server's only user.
 *
 * @param access the access key
 * @param secret the secret key
 */
public record S3Keys(String access, String secret) {}
