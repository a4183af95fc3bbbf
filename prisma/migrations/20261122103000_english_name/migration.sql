-- AlterTable
ALTER TABLE "student" ADD COLUMN     "english_name" TEXT;
