<?php

return [
    'paths' => ['*'],
    'allowed_methods' => ['GET', 'HEAD', 'POST', 'PUT', 'DELETE', 'PATCH'],
    'allowed_origins' => ['https://app.example', 'https://admin.example:8443'],
    'allowed_origins_patterns' => [],
    'allowed_headers' => ['authorization', 'x-token'],
    'exposed_headers' => ['x-total'],
    'max_age' => 600,
    'supports_credentials' => true,
];
