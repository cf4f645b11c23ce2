"""Stacks: clouds: gateways, buckets, networks of caches, platforms."""

from typing import Final

from corsage.stacks.base import Stack
from corsage.stacks.clouds.api_gateway_http import ApiGatewayHttp
from corsage.stacks.clouds.api_gateway_rest import ApiGatewayRest
from corsage.stacks.clouds.azure_app_service import AzureAppService
from corsage.stacks.clouds.azure_blob import AzureBlob
from corsage.stacks.clouds.cloudflare_workers import CloudflareWorkers
from corsage.stacks.clouds.cloudfront import CloudFront
from corsage.stacks.clouds.firebase import Firebase
from corsage.stacks.clouds.google_cloud_storage import GoogleCloudStorage
from corsage.stacks.clouds.lambda_url import LambdaUrl
from corsage.stacks.clouds.netlify import Netlify
from corsage.stacks.clouds.s3 import S3
from corsage.stacks.clouds.supabase import Supabase
from corsage.stacks.clouds.vercel import Vercel

STACKS: Final[tuple[Stack, ...]] = (
    S3(),
    CloudFront(),
    ApiGatewayRest(),
    ApiGatewayHttp(),
    LambdaUrl(),
    GoogleCloudStorage(),
    AzureAppService(),
    AzureBlob(),
    CloudflareWorkers(),
    Firebase(),
    Vercel(),
    Netlify(),
    Supabase(),
)
