/** An S3 server over a folder. */
@NullMarked
package io.millrace.localstack.s3;

import org.jspecify.annotations.NullMarked;
