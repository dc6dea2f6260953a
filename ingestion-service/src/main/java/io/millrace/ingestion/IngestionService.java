package io.millrace.ingestion;

import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.SpringBootApplication;

@SpringBootApplication
final class IngestionService {
    static void main(String[] args) {
        SpringApplication.run(IngestionService.class, args);
    }
}
